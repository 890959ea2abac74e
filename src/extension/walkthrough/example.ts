/** The code that "Get Started" opens. */

export const EXAMPLE = `import math


def distance(a, b):
    """How far two points are from each other."""
    return math.dist(a, b)


def nearest(points, query, k):
    """The k points that are closest to the query."""
    return`;

/** The first and the last line of what is explained, counted from 0. */
export const EXPLAINED_LINES = [3, 5] as const;
