"""Floor 2, what people do: one function a deed, with its permission; due work and figures. Knows no widget and no file format."""
