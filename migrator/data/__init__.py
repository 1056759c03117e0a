"""The audit of files that hold data: configuration, documents, collections of requests and recorded traffic."""
