from .fake import FakeClient, FakeTransport

__all__ = ["FakeClient", "FakeTransport"]
