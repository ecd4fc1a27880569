Feature: Ferries and car trains

  Background:
    Given the profile "car"

  Scenario: A ferry is taken where it is needed
    Given the node map
      """
      a b   c d
      """
    And the ways
      | nodes | highway | route |
      | ab    | primary |       |
      | bc    |         | ferry |
      | cd    | primary |       |
    When I route I should get
      | from | to | route       | modes                         | time      |
      | a    | d  | ab,bc,cd,cd | driving,ferry,driving,driving | 155s +-10 |

  Scenario: Its timetable counts more than its length
    Given the node map
      """
      a b   c d
      """
    And the ways
      | nodes | highway | route | duration |
      | ab    | primary |       |          |
      | bc    |         | ferry | 00:30    |
      | cd    | primary |       |          |
    When I route I should get
      | from | to | route       | time        |
      | a    | d  | ab,bc,cd,cd | 1811s +-10  |

  Scenario Outline: Durations are written in many ways
    Given the node map
      """
      a b   c d
      """
    And the ways
      | nodes | highway | route | duration   |
      | ab    | primary |       |            |
      | bc    |         | ferry | <duration> |
      | cd    | primary |       |            |
    When I route I should get
      | from | to | time             |
      | a    | d  | <seconds>s +-20  |

    Examples:
      | duration | seconds |
      | 10       | 611     |
      | 0:10     | 611     |
      | 00:10:00 | 611     |
      | PT10M    | 611     |
      | PT1H     | 3611    |

  Scenario: A train for cars, a ferry for walkers, a railway
    Then routability should be
      | highway | route         | railway | motor_vehicle | bothw   |
      | (nil)   | ferry         |         | no            |         |
      | (nil)   |               | rail    |               |         |
      | (nil)   | shuttle_train |         | no            |         |

  Scenario: Nobody sets off from a ferry
    Given the node map
      """
      a 1 b 2 c
      """
    And the ways
      | nodes | highway | route |
      | ab    | primary |       |
      | bc    |         | ferry |
    When I route I should get
      | from | to | route | modes           |
      | 1    | 2  | ab,ab | driving,driving |
      | 2    | 1  | ab,ab | driving,driving |

  Scenario: From quay to quay the turns onto the ferry and off it count
    Given the node map
      """
      k   q
          r   s
      """
    And the ways
      | nodes | highway | route | duration |
      | kq    | primary |       |          |
      | qr    |         | ferry | 00:02:00 |
      | rs    | primary |       |          |
    When I route I should get
      | from | to | route | modes       | time   |
      | q    | r  | qr,qr | ferry,ferry | 127.4s |
