"""What the page of two languages side by side asks of a text."""

from django import template

from articles import beside

register = template.Library()

register.simple_tag(beside.cells)
