Feature: What is told about a route

  Background:
    Given the profile "car"
    And a grid size of 200 meters

  Scenario: Names, numbers and how they are said
    Given the node map
      """
      a b
        c
      """
    And the ways
      | nodes | name | ref     | name:pronunciation |
      | ab    | One  | A 1;B 2 |                    |
      | bc    | Two  |         | tu                 |
    When I route I should get
      | from | to | route       | ref           | pronunciations |
      | a    | c  | One,Two,Two | A 1; B 2,,    | ,tu,tu         |

  Scenario: Ways without a name
    Given the node map
      """
      a b
        c
      """
    And the ways
      | nodes | name |
      | ab    |      |
      | bc    | Two  |
    When I route I should get
      | from | to | route    |
      | a    | c  | ,Two,Two |

  Scenario: Where a slip road leads, and its number
    Given the node map
      """
      a - b - c
           \
            d
      """
    And the ways
      | nodes | highway       | name | oneway | destination | destination:ref | junction:ref |
      | ab    | motorway      | road | yes    |             |                 |              |
      | bc    | motorway      | road | yes    |             |                 |              |
      | bd    | motorway_link |      | yes    | Köln;Bonn   | A 59            | 7            |
    When I route I should get
      | from | to | route  | destinations         | exits |
      | a    | d  | road,, | ,A 59: Köln, Bonn,A 59: Köln, Bonn | ,7,7  |

  Scenario: Classes of roads on the way
    Given the node map
      """
      a b c
        d
      """
    And the ways
      | nodes | highway  | toll | oneway |
      | ab    | motorway | yes  | no     |
      | bc    | primary  |      |        |
      | bd    | primary  |      |        |
    When I route I should get
      | from | to | classes                   |
      | a    | d  | [(toll,motorway)],[()],[()] |

  Scenario: Two ways between the same places are told apart
    Given the node map
      """
      a b   c d
        e   f
      """
    And the ways
      | nodes | highway     | name  |
      | ab    | primary     | in    |
      | bc    | residential | slow  |
      | befc  | trunk       | quick |
      | cd    | primary     | out   |
    When I route I should get
      | from | to | route            |
      | a    | d  | in,quick,out,out |

  Scenario: Coordinates away from any road are moved to the nearest
    Given the node map
      """
      a   b   c
        1

      """
    And the ways
      | nodes |
      | abc   |
    When I request nearest I should get
      | in | out |
      | a  | a   |
      | c  | c   |

  Scenario: Rubbish is refused in OSRM's words
    Given the node map
      """
      a b
      """
    And the ways
      | nodes |
      | ab    |
    When I route I should get
      | request                   | status | code         |
      | route/v1/driving/1,1      | 400    | InvalidOptions |
      | route/v2/driving/1,1;2,2  | 400    | InvalidVersion |
      | hike/v1/driving/1,1;2,2   | 400    | InvalidService |

  Scenario: The waypoints are named after their streets, the nodes passed can be told
    Given the node map
      """
      a b c
      """
    And the ways
      | nodes | name |
      | ab    | Oak  |
      | bc    | Fir  |
    And the query options
      | annotations | nodes |
    When I route I should get
      | waypoints | waypoints_count | waypoint_names | a:nodes |
      | a,c       | 2               | Oak;Fir        | abc     |
      | a,c       | 2               | Oak;Fir        | 1:2:3   |
