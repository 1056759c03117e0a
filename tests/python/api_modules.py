"""Modules that state the API's URL or a client of it, for others that import them."""

URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"
WRAPPER = f'''
import requests


def call(method, **body):
    return requests.post(f"{URL}/{{method}}", json=body).json()
'''
SDK = """
from livechat.configuration import ConfigurationApi

client = ConfigurationApi("token")
"""
