def test_create(client):
    client.properties.create(rank={"type": "int", "locations": {}})
    assert client.transport.sent == [("create_properties", {"rank": {"type": "int", "locations": {}}})]
