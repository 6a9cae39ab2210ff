"""simcord keeps attachments where Discord does: the bot reads pictures from no other host."""

from simcord.backend import cdn

cdn.CDN_BASE = "https://cdn.discordapp.com"
