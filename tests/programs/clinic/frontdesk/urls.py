from django.urls import include, path

urlpatterns = [path("chatlog/", include("chatlog.urls"))]
