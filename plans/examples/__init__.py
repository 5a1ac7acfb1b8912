"""Starting a plan from an example: ready texts of the programme, or the published plan of a similar municipality."""
