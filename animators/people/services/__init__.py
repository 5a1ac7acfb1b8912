"""The verbs on animators: reassigning in bulk, coming back from a leave, profiles."""
