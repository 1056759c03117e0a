package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var hook Hook
		if err := json.Unmarshal(lines.Bytes(), &hook); err != nil {
			log.Fatal(err)
		}
		handle(hook)
	}
}
