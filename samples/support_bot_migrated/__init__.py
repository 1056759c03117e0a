"""A support bot on LiveChat: it sets itself up over the Configuration API 3.1 and answers the webhooks it asked for."""
