"""A page image enters: opened, checked, set upright, straightened (OpenCV)."""
