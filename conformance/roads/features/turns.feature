Feature: What a driver is told at junctions

  Background:
    Given the profile "car"
    Given a grid size of 20 meters

  Scenario: Across a crossing nothing is said, into the side streets a turn
    Given the node map
      """
            n

      w     m     o

            s
      """
    And the ways
      | nodes | name |
      | wmo   | Long |
      | nm    | Up   |
      | ms    | Down |
    When I route I should get
      | waypoints | route          | turns                    |
      | w,o       | Long,Long      | depart,arrive            |
      | w,n       | Long,Up,Up     | depart,turn left,arrive  |
      | w,s       | Long,Down,Down | depart,turn right,arrive |

  Scenario: A road that ends after another has met it is told so, a short one is only a turn
    Given the node map
      """
            a     p
            b - - x - - q
            c     |
                  y - - z
                  |
                  k
      """
    And the ways
      | nodes | name |
      | abc   | Side |
      | bx    | Stub |
      | pxyk  | Main |
      | xq    | Far  |
      | zy    | Lane |
    When I route I should get
      | waypoints | route          | turns                    |
      | z,p       | Lane,Main,Main | depart,turn right,arrive |
      | b,p       | Stub,Main,Main | depart,turn left,arrive  |

  Scenario: Two alike roads ahead are a fork
    Given the node map
      """
                      u
      r         f
                      v
      """
    And the ways
      | nodes | highway   | name  |
      | rf    | secondary | Stem  |
      | fu    | secondary | Upper |
      | fv    | secondary | Lower |
    When I route I should get
      | waypoints | route             | turns                           |
      | r,u       | Stem,Upper,Upper  | depart,fork slight left,arrive  |
      | r,v       | Stem,Lower,Lower  | depart,fork slight right,arrive |

  Scenario: An alley beside a street makes no fork
    Given the node map
      """
                      u
      r         f
                      v
      """
    And the ways
      | nodes | highway     | name   |
      | rfu   | residential | Street |
      | fv    | service     | Alley  |
    When I route I should get
      | waypoints | route              | turns                           |
      | r,u       | Street,Street      | depart,arrive                   |
      | r,v       | Street,Alley,Alley | depart,turn slight right,arrive |

  Scenario: A motorway is left and joined by ramps
    Given the node map
      """
      a - - - - b - - c - - - - - d
      h - i               j - - - k
      """
    And the ways
      | nodes | highway       | name | oneway |
      | abcd  | motorway      | Fast | yes    |
      | hib   | motorway_link |      | yes    |
      | cjk   | motorway_link |      | yes    |
    When I route I should get
      | waypoints | route          | turns                               |
      | a,d       | Fast,Fast      | depart,arrive                       |
      | a,k       | Fast,,         | depart,off ramp slight right,arrive |
      | h,d       | ,Fast,Fast     | depart,merge slight left,arrive     |

  Scenario: Exits of a roundabout are counted, and leaving it is told
    Given the node map
      """
              n
              a
          w d   b o
              c
              s
      """
    And the ways
      | nodes | junction   | name  |
      | adcba | roundabout |       |
      | na    |            | North |
      | ob    |            | East  |
      | sc    |            | South |
      | wd    |            | West  |
    When I route I should get
      | waypoints | route                   | turns                                                 |
      | s,o       | South,East,East,East    | depart,roundabout-exit-1,exit roundabout right,arrive |
      | s,n       | South,North,North,North | depart,roundabout-exit-2,exit roundabout right,arrive |
      | s,w       | South,West,West,West    | depart,roundabout-exit-3,exit roundabout right,arrive |

  Scenario: A crossing of two dual carriageways is one turn
    Given the node map
      """
          i o

      w   c d   e
      r   b a   t

          j k
      """
    And the ways
      | nodes | name  | oneway |
      | edcw  | Broad | yes    |
      | rbat  | Broad | yes    |
      | icbj  | High  | yes    |
      | kado  | High  | yes    |
    When I route I should get
      | waypoints | route             | turns                        |
      | e,w       | Broad,Broad       | depart,arrive                |
      | e,o       | Broad,High,High   | depart,turn right,arrive     |
      | e,j       | Broad,High,High   | depart,turn left,arrive      |
      | e,t       | Broad,Broad,Broad | depart,continue uturn,arrive |

  Scenario: A sliproad and the road it comes to are one turn
    Given the node map
      """
                n
      a - b - - c - d
            ` s |
               ` x
                |
                y
      """
    And the ways
      | nodes | highway        | name  | oneway |
      | abcd  | secondary      | Quay  |        |
      | bsx   | secondary_link |       | yes    |
      | ncxy  | secondary      | Tower |        |
    And the relations
      | type        | way:from | way:to | node:via | restriction   |
      | restriction | abcd     | ncxy   | c        | no_right_turn |
    When I route I should get
      | waypoints | route            | turns                    |
      | a,y       | Quay,Tower,Tower | depart,turn right,arrive |
      | a,d       | Quay,Quay        | depart,arrive            |

  Scenario: A new name is told where it holds for long, not where only a direction is added
    Given a grid size of 200 meters
    Given the node map
      """
      a   b   c   d
      """
    And the ways
      | nodes | name       |
      | ab    | Mill       |
      | bc    | Bridge     |
      | cd    | Bridge East |
    When I route I should get
      | waypoints | route                     | turns                           |
      | a,c       | Mill,Bridge,Bridge        | depart,new name straight,arrive |
      | b,d       | Bridge,Bridge East        | depart,arrive                   |

  Scenario: Lanes are told with those that lead where the route goes
    Given the node map
      """
            n
      a     b     c
            s
      """
    And the ways
      | nodes | name  | turn:lanes:forward  |
      | ab    | Inner | left\|through\|right |
      | bc    | Outer |                     |
      | nb    | Hill  |                     |
      | bs    | Vale  |                     |
    When I route I should get
      | waypoints | route             | turns                           | lanes                                  |
      | a,n       | Inner,Hill,Hill   | depart,turn left,arrive         | ,left:true straight:false right:false, |
      | a,c       | Inner,Outer,Outer | depart,new name straight,arrive | ,left:false straight:true right:false, |
      | a,s       | Inner,Vale,Vale   | depart,turn right,arrive        | ,left:false straight:false right:true, |

  Scenario: Two short turns that undo each other are no turns
    Given a grid size of 2 meters
    Given the node map
      """
          n
      a   b
          c   d
          s
      """
    And the ways
      | nodes | name  |
      | ab    | Thorn |
      | cd    | Thorn |
      | nbcs  | Ash   |
    When I route I should get
      | waypoints | route       | turns         |
      | a,d       | Thorn,Thorn | depart,arrive |
      | d,a       | Thorn,Thorn | depart,arrive |

  Scenario: On a road that is drawn once for each direction nobody turns round midway
    Given a grid size of 300 meters
    And the node map
      """
      a
      b   c   d   e
          f
      """
    And the ways
      | nodes | oneway | name |
      | ab    | yes    | down |
      | bc    | yes    | out  |
      | cb    | yes    | home |
      | cd    | yes    | out  |
      | dc    | yes    | home |
      | de    | no     | lane |
      | cf    | yes    | side |
    And the relations
      | type        | way:from | way:to | node:via | restriction      |
      | restriction | bc       | cd     | c        | only_straight_on |
    When I route I should get
      | from | to | route                        | turns                                                                      |
      | b    | f  | out,lane,lane,home,side,side | depart,new name straight,continue uturn,new name straight,turn left,arrive |
