Feature: Distances
    Lengths are those of the ellipsoid the satellites reckon with, not those of a ball.

    Background:
        Given the profile "car"

    Scenario: A hundredth of a degree far from the equator
        Given the node locations
            | node | lat   | lon   |
            | a    | 60.00 | 18.00 |
            | b    | 60.01 | 18.00 |
            | c    | 60.01 | 18.01 |

        And the ways
            | nodes |
            | ab    |
            | bc    |

        When I route I should get
            | from | to | distance     |
            | a    | b  | 1114.1m +- 1 |
            | b    | c  | 557.8m +- 1  |

    Scenario: A grid far from the equator is as wide as it is high
        Given the origin -0.1276,51.5072
        And a grid size of 500 meters
        And the node map
            """
            a b

            c
            """

        And the ways
            | nodes |
            | ab    |
            | ac    |

        When I route I should get
            | from | to | distance  |
            | a    | b  | 500m +- 1 |
            | a    | c  | 1000m +- 1 |
