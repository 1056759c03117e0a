from concierge import properties


def test_properties_are_registered_with_their_domain(client, calls):
    properties.register(client)
    ((method, body),) = calls
    assert method == "create_properties"
    assert body["status"]["domain"] == ["waiting", "served"]


def test_names(client):
    assert properties.names(client) == ["room", "status"]
