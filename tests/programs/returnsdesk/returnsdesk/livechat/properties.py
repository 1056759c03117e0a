RETURN_PROPERTIES = {
    "return_number": {
        "type": "string",
        "locations": {"thread": {"access": {"agent": {"read": True, "write": True}}}},
    },
}


def install(api):
    existing = api.configure("get_property_configs", {"all": False})
    if not any("return_number" in names for names in existing.values()):
        api.configure("create_properties", RETURN_PROPERTIES)
        return True
    return False
