"""Find in source code what the rows are about, and apply the edits that are evident."""
