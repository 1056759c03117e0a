package main

import (
	"encoding/json"
	"log"
)

func handle(hook Hook) {
	switch hook.Action {
	case "incoming_chat_thread":
		log.Println("started")
	case "thread_closed":
		log.Println("closed")
	case "access_granted":
		var access Access
		if err := json.Unmarshal(hook.Payload, &access); err == nil && access.Resource == "chat" {
			log.Println("open to others", access.ID)
		}
	}
}
