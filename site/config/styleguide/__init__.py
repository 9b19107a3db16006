"""Every block and component in every state, shown by the templates that readers get."""
