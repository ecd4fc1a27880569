Feature: How fast it goes

  Background:
    Given the profile "car"
    And a grid size of 1000 meters

  Scenario: By class of road
    Then routability should be
      | highway        | oneway | bothw   |
      | motorway       | no     | 90 km/h |
      | motorway_link  |        | 45 km/h |
      | trunk          |        | 85 km/h |
      | trunk_link     |        | 40 km/h |
      | primary        |        | 65 km/h |
      | primary_link   |        | 30 km/h |
      | secondary      |        | 55 km/h |
      | secondary_link |        | 25 km/h |
      | tertiary       |        | 40 km/h |
      | tertiary_link  |        | 20 km/h |
      | unclassified   |        | 25 km/h |
      | residential    |        | 25 km/h |
      | living_street  |        | 10 km/h |
      | service        |        | 15 km/h |

  Scenario: Four fifths of the limit
    Then routability should be
      | highway     | maxspeed | bothw    |
      | primary     | 50       | 40 km/h  |
      | residential | 90       | 72 km/h  |
      | primary     | 40 mph   | 51 km/h  |
      | trunk       | none     | 112 km/h |
      | primary     | walk     | 65 km/h  |
      | primary     | signals  | 65 km/h  |

  Scenario: Limits by country and kind of place
    Then routability should be
      | maxspeed        | bothw   |
      | DE:urban        | 40 km/h |
      | DE:rural        | 80 km/h |
      | CH:rural        | 64 km/h |
      | FR:rural        | 64 km/h |
      | CN:urban        | 40 km/h |
      | XX:motorway     | 104 km/h |
      | RU:living_street| 16 km/h |

  Scenario: Limits of each direction, advice, and other keys
    Then routability should be
      | maxspeed | maxspeed:forward | maxspeed:backward | maxspeed:advisory | maxspeed:type | forw    | backw   |
      | 50       | 80               |                   |                   |               | 64 km/h | 40 km/h |
      | 50       |                  | 30                |                   |               | 40 km/h | 24 km/h |
      | 50       |                  |                   | 30                |               | 24 km/h | 24 km/h |
      |          |                  |                   |                   | DE:urban      | 40 km/h | 40 km/h |

  Scenario: Bad ground slows
    Then routability should be
      | surface       | tracktype | smoothness    | bothw   |
      | asphalt       |           |               | 65 km/h |
      | paving_stones |           |               | 60 km/h |
      | gravel        |           |               | 40 km/h |
      | cobblestone   |           |               | 30 km/h |
      | mud           |           |               | 10 km/h |
      |               | grade1    |               | 60 km/h |
      |               | grade4    |               | 25 km/h |
      |               |           | bad           | 40 km/h |
      |               |           | very_horrible | 5 km/h  |
      |               |           | impassable    |         |
      | gravel        | grade5    | horrible      | 10 km/h |
      | asphalt       | grade9    | fine          | 65 km/h |

  Scenario: The ground slows below the limit too
    Then routability should be
      | maxspeed | surface | bothw   |
      | 100      | gravel  | 40 km/h |
      | 30       | gravel  | 24 km/h |

  Scenario: Byways and narrow roads are worth less than they take
    Then routability should be
      | highway | service       | lanes | width | oneway      | side_road | forw    | forw_rate |
      | primary |               |       |       |             |           | 65 km/h | 18.1      |
      | service |               |       |       |             |           | 15 km/h | 4.2       |
      | service | alley         |       |       |             |           | 15 km/h | 2.1       |
      | service | driveway      |       |       |             |           | 15 km/h | 2.1       |
      | service | parking_aisle |       |       |             |           | 15 km/h | 2.1       |
      | primary |               | 1     |       |             |           | 65 km/h | 9         |
      | primary |               | 1     |       | yes         |           | 65 km/h | 18.1      |
      | primary |               | 2     |       |             |           | 65 km/h | 18.1      |
      | primary |               |       | 3     |             |           | 65 km/h | 9         |
      | primary |               |       | 7     |             |           | 65 km/h | 18.1      |
      | primary |               |       |       | alternating |           | 65 km/h | 7.2       |
      | primary |               |       |       |             | yes       | 65 km/h | 14.4      |

  Scenario: A movable bridge takes its time
    Then routability should be
      | bridge  | bothw  |
      | movable | 5 km/h |
      | yes     | 65 km/h |

  Scenario: Where the oncoming cars have the right of way a road counts less
    Then routability should be
      | highway   | priority | forw_rate | backw_rate |
      | secondary |          | 15.3      | 15.3       |
      | secondary | forward  | 15.3      | 10.7       |
      | secondary | backward | 10.7      | 15.3       |

  Scenario: What both directions have in common can be asked for
    Then routability should be
      | highway  | lanes | bothw   | bothw_rate |
      | primary  |       | 64 km/h | 18         |
      | primary  | 1     | 64 km/h | 9          |
      | tertiary |       | 40 km/h | 11.1       |
