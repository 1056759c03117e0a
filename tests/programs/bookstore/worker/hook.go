package main

import "encoding/json"

// Hook is a webhook of LiveChat, as the inbox puts it on the queue.
type Hook struct {
	WebhookID string          `json:"webhook_id"`
	SecretKey string          `json:"secret_key"`
	Action    string          `json:"action"`
	Payload   json.RawMessage `json:"payload"`
}

// Access is the payload of access_granted.
type Access struct {
	ID       string `json:"id"`
	Resource string `json:"resource"`
}
