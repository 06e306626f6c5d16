"""Where stories go once they are made: the archive's remote, a folder, a branch, an artifact of Pages."""
