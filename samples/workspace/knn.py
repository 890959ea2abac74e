"""Classify points by their nearest neighbours."""

from collections import Counter
from math import sqrt


def distance(a, b):
    """Euclidean distance of two points of the same dimension."""
    return sqrt(sum((x - y) ** 2 for x, y in zip(a, b)))


def nearest(points, query, k):
    """The k labelled points closest to the query, closest first."""
    return sorted(points, key=lambda point: distance(point[0], query))[:k]


def classify(points, query, k=3):
    """The most frequent label among the k nearest neighbours."""
    labels = [label for _, label in nearest(points, query, k)]
    return Counter(labels).most_common(1)[0][0]


def accuracy(points, examples, k=3):
    """The share of examples whose label is predicted correctly."""
    correct = 0
    for point, label in examples:
        


if __name__ == "__main__":
    training = [
        ((1.0, 1.1), "apple"),
        ((1.2, 0.9), "apple"),
        ((0.8, 1.0), "apple"),
        ((3.0, 3.2), "pear"),
        ((3.1, 2.9), "pear"),
        ((2.8, 3.0), "pear"),
    ]
    print(classify(training, (1.1, 1.0)))
    print(classify(training, (2.9, 3.1)))
