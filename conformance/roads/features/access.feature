Feature: Who may drive where

  Background:
    Given the profile "car"

  Scenario: Roads of every class are driven, ways for others are not
    Then routability should be
      | highway       | bothw |
      | trunk         | x     |
      | secondary     | x     |
      | unclassified  | x     |
      | residential   | x     |
      | living_street | x     |
      | service       | x     |
      | footway       |       |
      | cycleway      |       |
      | pedestrian    |       |
      | track         |       |
      | corridor      |       |

  Scenario: The tag for the narrower kind of vehicle counts
    Then routability should be
      | access | vehicle | motor_vehicle | motorcar | bothw |
      | no     |         |               |          |       |
      | no     | yes     |               |          | x     |
      | yes    | no      |               |          |       |
      |        | no      | yes           |          | x     |
      |        |         | yes           | no       |       |
      |        |         | no            | yes      | x     |

  Scenario: A tag for one direction counts in that direction
    Then routability should be
      | access | access:forward | motorcar:backward | forw | backw |
      |        | no             |                   |      | x     |
      | no     | yes            |                   | x    |       |
      | no     |                | yes               |      | x     |
      | yes    | no             | no                |      |       |

  Scenario: Business there opens roads for cars
    Then routability should be
      | highway     | access      | bothw |
      | residential | private     | x     |
      | residential | destination | x     |
      | residential | customers   | x     |
      | residential | delivery    | x     |
      | residential | residents   | x     |
      | cycleway    | destination |       |
      | footway     | private     |       |

  Scenario: Values for others close a road, unknown ones do not
    Then routability should be
      | motor_vehicle | bothw |
      | agricultural  |       |
      | forestry      |       |
      | military      |       |
      | bus           |       |
      | permissive    | x     |
      | whatever      | x     |

  Scenario: Of a list of values the best counts
    Then routability should be
      | motor_vehicle            | bothw |
      | agricultural;forestry    |       |
      | agricultural;destination | x     |
      | no;yes                   | x     |

  Scenario: An access tag opens a way that is no road for cars
    Then routability should be
      | highway | access | motorcar | bothw   |
      | footway | yes    |          | 10 km/h |
      | runway  |        | yes      | 10 km/h |
      | steps   | yes    |          |         |
      | (nil)   | yes    |          |         |

  Scenario: Tags for others say nothing about cars
    Then routability should be
      | foot | bicycle | hgv | bothw |
      | no   |         |     | x     |
      |      | no      |     | x     |
      |      |         | no  | x     |

  Scenario: What is closed at times stays open
    Then routability should be
      | access:conditional      | motor_vehicle:conditional | maxspeed:conditional | bothw   |
      | no @ (22:00-06:00)      |                           |                      | 65 km/h |
      |                         | no @ (Mo-Fr 07:00-09:00)  |                      | 65 km/h |
      |                         |                           | 30 @ (07:00-17:00)   | 65 km/h |

  Scenario: Lanes for cars with several people are for those with business there
    Given the node map
      """
      a b   c d
        e   f
      """
    And the ways
      | nodes | hov        |
      | ab    |            |
      | bc    | designated |
      | cd    |            |
      | befc  |            |
    When I route I should get
      | from | to | route         |
      | a    | d  | ab,befc,cd,cd |

  Scenario: Nobody drives through a road for residents, but to it and from it
    Given the node map
      """
      a b   c d
        e 1 f
      """
    And the ways
      | nodes | access      | highway     |
      | ab    |             | residential |
      | bc    |             | service     |
      | cd    |             | residential |
      | befc  | destination | primary     |
    When I route I should get
      | from | to | route       |
      | a    | d  | /^ab,bc,cd/ |
      | a    | 1  | ab,befc,befc|
      | 1    | d  | befc,cd,cd  |

  Scenario: A private drive is no place to set off from
    Given the node map
      """
      a 1 b 2 c
      """
    And the ways
      | nodes | highway     | access  |
      | ab    | residential |         |
      | bc    | service     | private |
    When I route I should get
      | from | to | route |
      | 1    | 2  | ab,ab |
      | 2    | 1  | ab,ab |
