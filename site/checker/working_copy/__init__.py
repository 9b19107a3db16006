"""The unreleased rules: to and from files, and as the gate reads them."""
