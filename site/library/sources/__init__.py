"""Sources as the editors' desk sees them: checked in form, looked up, withdrawn."""
