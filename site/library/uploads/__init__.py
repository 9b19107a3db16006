"""What comes in as a file: pictures are made anew, documents are what they say they are."""
