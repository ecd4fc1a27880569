Feature: What costs time

  Background:
    Given the profile "car"

  Scenario: Signals cost two seconds, from the side they stand for
    Given the node map
      """
      a - b - c

      d - e - f

      g - h - i
      """
    And the ways
      | nodes |
      | abc   |
      | def   |
      | ghi   |
    And the nodes
      | node | highway         | traffic_signals:direction |
      | e    | traffic_signals |                           |
      | h    | traffic_signals | forward                   |
    When I route I should get
      | from | to | time   |
      | a    | c  | 22.2s  |
      | d    | f  | 24.2s  |
      | f    | d  | 24.2s  |
      | g    | i  | 24.2s  |
      | i    | g  | 22.2s  |

  Scenario: Stop signs cost two seconds, signs to give way one
    Given the node map
      """
      a - b - c

      d - e - f

      g - h - i
      """
    And the ways
      | nodes |
      | abc   |
      | def   |
      | ghi   |
    And the nodes
      | node | highway  | direction |
      | b    | stop     |           |
      | e    | give_way |           |
      | h    | stop     | backward  |
    When I route I should get
      | from | to | time  |
      | a    | c  | 24.2s |
      | d    | f  | 23.2s |
      | g    | i  | 22.2s |
      | i    | g  | 24.2s |

  Scenario: A minor stop holds up the smaller road
    Given the node map
      """
        a
      b m c
        d
      """
    And the ways
      | nodes | highway   |
      | bmc   | primary   |
      | amd   | secondary |
    And the nodes
      | node | highway | stop  |
      | m    | stop    | minor |
    When I route I should get
      | from | to | time      |
      | b    | c  | 11s +-0.3 |
      | a    | d  | 15s +-0.5 |

  Scenario: A stop sign just behind a junction is for those who come to it
    Given a grid size of 5 meters
    And the node map
      """
      a---------sb
      """
    And the ways
      | nodes |
      | asb   |
    And the nodes
      | node | highway |
      | s    | stop    |
    When I route I should get
      | from | to | time       |
      | a    | b  | 3.5s +-0.3 |
      | b    | a  | 1.5s +-0.3 |

  Scenario: Across the oncoming lane takes longer
    Given the node map
      """
      a   b   c

          d
      """
    And the ways
      | nodes |
      | ab    |
      | bc    |
      | bd    |
    When I route I should get
      | from | to | route    | time       |
      | d    | a  | bd,ab,ab | 27.6s +-1  |
      | d    | c  | bd,bc,bc | 24.3s +-1  |

  Scenario: Where one drives on the left it is the other way round
    Given the node map
      """
      a   b   c

          d
      """
    And the ways
      | nodes | driving_side |
      | ab    | left         |
      | bc    | left         |
      | bd    | left         |
    When I route I should get
      | from | to | route    | time       |
      | d    | a  | bd,ab,ab | 24.3s +-1  |
      | d    | c  | bd,bc,bc | 27.6s +-1  |

  Scenario: Each step tells the side of its own road
    Given the node map
      """
      p     q     r
      """
    And the ways
      | nodes | driving_side |
      | pq    | left         |
      | qr    |              |
    When I route I should get
      | from | to | route    | driving_side      |
      | p    | r  | pq,qr,qr | left,right,right  |
      | r    | p  | qr,pq,pq | right,left,left   |

  Scenario: A bend without a junction costs nothing
    Given the node map
      """
      a   b

          c
      """
    And the ways
      | nodes | name |
      | ab    | bend |
      | bc    | bend |
    When I route I should get
      | from | to | route     | time  |
      | a    | c  | bend,bend | 22.2s |

  Scenario: Turning round at the end of the road
    Given the node map
      """
      a   b   c
      """
    And the ways
      | nodes | name |
      | abc   | road |
    When I route I should get
      | waypoints | bearings | route          | turns                        | time      |
      | a,a       | 90 270   | road,road,road | depart,continue uturn,arrive | 71.7s +-1 |

  Scenario: Turning round at a place made for it
    Given the node map
      """
      a - b - c - d
      """
    And the ways
      | nodes |
      | ab    |
      | bc    |
      | cd    |
    And the nodes
      | node | highway        |
      | b    | turning_circle |
    When I route I should get
      | waypoints | bearings | route    | turns                        |
      | a,a       | 90 270   | ab,ab,ab | depart,continue uturn,arrive |

  Scenario: Turning round at a place made for it takes less time than at a dead end
    Given the node map
      """
          s
      m   n   o
          u
      """
    And the ways
      | nodes |
      | mno   |
      | ns    |
      | nu    |
    And the nodes
      | node | highway      |
      | u    | turning_loop |
    When I route I should get
      | waypoints | bearings | route          | turns                                             | time      |
      | m,m       | 90 270   | mno,nu,nu,mno,mno | depart,turn right,continue uturn,turn left,arrive | 53s +-1   |

  Scenario: Of two ways drawn over each other the quicker one is driven, of equal ones the first by name
    Given the node map
      """
      k   l   m   n
      """
    And the ways
      | nodes | highway   | name  |
      | klmn  | primary   | Maple |
      | lm    | secondary | Larch |
      | mn    | primary   | Beech |
    When I route I should get
      | from | to | route             | time  |
      | k    | n  | Maple,Beech,Beech | 33.3s |
      | l    | m  | Maple,Maple       | 11.1s |

  Scenario: A main road around rather than a byway across
    Given the node map
      """
      a b     c d

        e     f
      """
    And the ways
      | nodes | highway   | service |
      | ab    | secondary |         |
      | bc    | service   | alley   |
      | cd    | secondary |         |
      | befc  | secondary |         |
    When I route I should get
      | from | to | route         |
      | a    | d  | ab,befc,cd,cd |

  Scenario: Times and distances between many places
    Given the node map
      """
      a b   c
      """
    And the ways
      | nodes |
      | abc   |
    When I request a travel time matrix I should get
      |   | a    | b    | c    |
      | a | 0    | 5.5 +-0.2  | 16.6 +-0.2 |
      | b | 5.5 +-0.2  | 0    | 11.1 +-0.2 |
      | c | 16.6 +-0.2 | 11.1 +-0.2 | 0    |
    And I request a travel distance matrix I should get
      |   | b     | c     |
      | a | 100 +-1 | 300 +-1 |

  Scenario: Speeds of now, and a closed road
    Given the node map
      """
      a b     c d
        e     f
      """
    And the nodes
      | node | id |
      | b    | 12 |
      | c    | 13 |
    And the ways
      | nodes |
      | ab    |
      | bc    |
      | cd    |
      | befc  |
    And the speed file
      """
      12,13,10
      13,12,0
      """
    When I route I should get
      | from | to | route          |
      | a    | d  | ab,befc,cd,cd  |
      | d    | a  | cd,befc,ab,ab  |
      | a    | b  | ab,ab          |

  Scenario: A single answer
    Given the node map
      """
      a b
      """
    And the ways
      | nodes |
      | ab    |
    When I request /route/v1/driving/1,1;1.0008,1
    Then I should get a response
    And response should be valid JSON
    And status code should be Ok
