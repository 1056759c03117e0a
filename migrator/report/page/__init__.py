"""The HTML page: a run as one file that needs no other file and no network.

`html_page` fills the template in `assets`; `static_html` makes the parts that need no script, `page_data` the JSON that
the script works on. `entries` lists everything that the page shows, `excerpt` cuts the code around an entry and its
edits, `clip_line` shortens a line, `html_escape` makes text safe. The script is in `assets/*.js`, one function around
all of them.
"""
