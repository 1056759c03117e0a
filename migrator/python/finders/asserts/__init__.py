"""Find what tests assert about requests that the program sends, and that is edited elsewhere.

- `recorded_requests`: expressions that are a request as a mock, a fake or a transport has recorded it;
- `asserted_requests`: the names and keys that a test expects in it.
"""
