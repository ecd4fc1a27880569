Feature: One-way streets

  Background:
    Given the profile "car"

  Scenario: Along the way, against it, and for others only
    Then routability should be
      | oneway      | oneway:bicycle | forw | backw |
      | yes         |                | x    |       |
      | 1           |                | x    |       |
      | true        |                | x    |       |
      | -1          |                |      | x     |
      | no          |                | x    | x     |
      | yes         | no             | x    |       |
      |             | yes            | x    | x     |
      | alternating |                | x    | x     |
      | reversible  |                |      |       |

  Scenario: The narrower kind of vehicle counts
    Then routability should be
      | oneway | oneway:vehicle | oneway:motorcar | forw | backw |
      | yes    | no             |                 | x    | x     |
      | no     | yes            |                 | x    |       |
      | yes    | yes            | no              | x    | x     |
      |        |                | -1              |      | x     |

  Scenario: Motorways and roundabouts run one way, slip roads only if it says so
    Then routability should be
      | highway       | junction   | oneway | forw | backw |
      | motorway      |            |        | x    |       |
      | motorway      |            | no     | x    | x     |
      | motorway_link |            |        | x    | x     |
      | motorway_link |            | yes    | x    |       |
      | primary       | roundabout |        | x    |       |
      | primary       | circular   |        | x    |       |
      | primary       | roundabout | -1     |      | x     |

  Scenario: Around the block rather than against the arrow
    Given a grid size of 200 meters
    Given the node map
      """
      a b
      d c
      """
    And the ways
      | nodes | oneway | name  |
      | ab    | yes    | Elm  |
      | bc    |        | Oak  |
      | cd    |        | Ash  |
      | da    |        | Fir  |
    When I route I should get
      | from | to | route           |
      | a    | b  | Elm,Elm|
      | b    | a  | Oak,Ash,Fir,Fir |

  Scenario: Against the only way there is no route
    Given the node map
      """
      a b   c
      """
    And the ways
      | nodes | oneway |
      | ab    | yes    |
      | bc    | yes    |
    When I route I should get
      | from | to | route | code    |
      | c    | a  |       | NoRoute |
