#!/bin/sh
# Names of all bots that we have.
curl -s -X POST https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents \
  -H "Authorization: Bearer $LC_TOKEN" -H "Content-Type: application/json" \
  -d '{"all": true}' | jq -r '.bot_agents[].name'
