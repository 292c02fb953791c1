"""The pages that people browse, in Chinese and English; they need no script. All that they show are records."""
