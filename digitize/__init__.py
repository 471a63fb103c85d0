"""Takes handwritten civil-status books from page image to confirmed, matched entry."""
