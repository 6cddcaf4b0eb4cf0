"""What losing customers costs, and what keeping more of them is worth.

Money is in the reader's own currency, which the formulas needn't know. They leave out what would need more numbers than
an owner has at hand: customers won meanwhile, changes of prices, interest, and the cost of the goods. Amounts are
therefore sales, not profit.
"""

from dataclasses import dataclass
from decimal import Decimal

YEARS = 5
# Percentage points: the share of all customers that is kept a year on top of those kept now.
POINTS = Decimal(5)


@dataclass(frozen=True)
class Business:
    """What an owner knows.

    customers: how many there are today.
    spend: what one of them spends, in money a year.
    lost: which share of them doesn't come back within a year, in per cent.
    keeping: what is done to keep one of them costs, in money a year.
    dearer: how many times as much as keeping one it costs to win one.
    """

    customers: Decimal
    spend: Decimal
    lost: Decimal
    keeping: Decimal
    dearer: Decimal

    @property
    def lost_customers(self) -> Decimal:
        """Customers lost a year: customers × share lost. An average, hence with fractions."""
        return self.customers * self.lost / 100

    @property
    def lost_sales(self) -> Decimal:
        """Money a year, if nobody takes their place: lost customers × spend. What they would have spent in a year."""
        return self.lost_customers * self.spend

    @property
    def cost_of_keeping(self) -> Decimal:
        """Money a year: lost customers × keeping. What it would have cost to keep them."""
        return self.lost_customers * self.keeping

    @property
    def cost_of_winning(self) -> Decimal:
        """Money a year: the cost of keeping × dearer. What it costs to win as many anew.

        It takes the place of the lost sales, so that the two are never added up.
        """
        return self.winning_at(self.dearer)

    def winning_at(self, times: Decimal) -> Decimal:
        """Money a year: what winning as many anew costs if winning is `times` as dear as keeping."""
        return self.cost_of_keeping * times

    @property
    def cost_of_replacing(self) -> Decimal:
        """Money a year: the cost of winning − the cost of keeping. What is spent only because they left."""
        return self.cost_of_winning - self.cost_of_keeping

    def left_after(self, years: int, points: Decimal = Decimal(0)) -> Decimal:
        """Of today's customers, those who still come after so many years: customers × (1 − share lost)^years.

        `points` percentage points fewer are lost each year, but never fewer than none.
        """
        kept = 1 - max(self.lost - points, Decimal(0)) / 100
        # Zero to the power of zero, everybody lost and no year over, isn't defined for decimal numbers.
        return self.customers * kept**years if years else self.customers


@dataclass(frozen=True)
class Year:
    """Today's customers and their sales `number` years from now: as it goes, and with more of them kept.

    The sales of a year are those from who is left at its end: who leaves in its course counts as gone from its start.
    """

    number: int
    customers: Decimal
    customers_kept: Decimal
    spend: Decimal

    @property
    def more_customers(self) -> Decimal:
        return self.customers_kept - self.customers

    @property
    def more_sales(self) -> Decimal:
        """Money: the customers more × spend."""
        return self.more_customers * self.spend


@dataclass(frozen=True)
class Outlook:
    """The next five years of a business that keeps `points` percentage points more of its customers each year."""

    business: Business
    points: Decimal = POINTS

    @property
    def points_gained(self) -> Decimal:
        """Percentage points: no more can be gained than are lost."""
        return min(self.points, self.business.lost)

    @property
    def years(self) -> list[Year]:
        business = self.business
        return [
            Year(number, business.left_after(number), business.left_after(number, self.points), business.spend)
            for number in range(1, YEARS + 1)
        ]

    @property
    def customer_years(self) -> Decimal:
        """The customers more, added up over the years."""
        return sum((year.more_customers for year in self.years), Decimal(0))

    @property
    def more_sales(self) -> Decimal:
        """Money over five years: customer years × spend."""
        return self.customer_years * self.business.spend

    @property
    def more_keeping(self) -> Decimal:
        """Money over five years: customer years × keeping. Who stays has to be kept, too."""
        return self.customer_years * self.business.keeping

    @property
    def worth(self) -> Decimal:
        """Money over five years: customer years × (spend − keeping). What more sales leave once keeping is paid for."""
        return self.customer_years * (self.business.spend - self.business.keeping)
