"""The night porter of the hotel's chat."""
