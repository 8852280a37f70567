"""What an importer has read, before anything is made of it: the intermediate form."""
