"""Search of the public library: one small interface over two databases' full-text indexes."""
