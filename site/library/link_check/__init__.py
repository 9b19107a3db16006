"""Do the links of the library lead anywhere? Ours always, others' only when asked."""
