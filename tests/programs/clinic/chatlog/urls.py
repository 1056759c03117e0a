from django.urls import path

from . import views

urlpatterns = [
    path("hook/", views.hook, name="hook"),
    path("<str:chat_id>/", views.history, name="history"),
]
