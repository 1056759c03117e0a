from django.db import models


class Entry(models.Model):
    """Something that happened in a chat, as LiveChat told us."""

    class Action(models.TextChoices):
        STARTED = "incoming_chat_thread", "started"
        CLOSED = "thread_closed", "closed"
        TAGGED = "chat_thread_tagged", "tagged"

    chat_id = models.CharField(max_length=32, db_index=True)
    action = models.CharField(max_length=40, choices=Action.choices)
    detail = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.chat_id} {self.get_action_display()}"
