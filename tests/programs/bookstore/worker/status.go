package main

import (
	"bytes"
	"net/http"
)

const apiURL = "https://api.livechatinc.com/v3.1/configuration/action/"

func listBots(token string) (*http.Response, error) {
	request, err := http.NewRequest("POST", apiURL+"get_bot_agents", bytes.NewBufferString(`{"all":true}`))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	return http.DefaultClient.Do(request)
}
