from flask import Flask, abort, jsonify, request

from .board import Board
from .config import Config
from .hooks import HookHandler


def create_app(config=Config):
    app = Flask(__name__)
    app.config.from_object(config)
    board = Board()
    handler = HookHandler(board)

    @app.route("/livechat", methods=["POST"])
    def livechat():
        hook = request.get_json(force=True)
        if hook.get("secret_key") != app.config["LIVECHAT_SECRET"]:
            abort(401)
        handler.handle(hook)
        return "", 200

    @app.route("/board")
    def show():
        return jsonify(board.snapshot())

    return app
