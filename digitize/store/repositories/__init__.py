"""What the road may ask of the shelf, one repository per thing; values in, values out."""
