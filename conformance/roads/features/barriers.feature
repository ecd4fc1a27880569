Feature: Barriers

  Background:
    Given the profile "car"

  Scenario: Some let a car pass, most do not
    Then routability should be
      | node/barrier   | bothw |
      | gate           | x     |
      | lift_gate      | x     |
      | toll_booth     | x     |
      | border_control | x     |
      | cattle_grid    | x     |
      | bollard        |       |
      | block          |       |
      | jersey_barrier |       |
      | chain          |       |
      | swing_gate     |       |
      | sally_port     | x     |
      | entrance       | x     |

  Scenario: An access tag counts more than the barrier
    Then routability should be
      | node/barrier | node/access | node/motorcar | bothw |
      | gate         | no          |               |       |
      | gate         | private     |               | x     |
      | bollard      | yes         |               | x     |
      | bollard      | yes         | no            |       |
      |              | no          |               |       |
      |              | forestry    |               |       |

  Scenario: Bollards that sink, kerbs that are flat, fences that are heard
    Then routability should be
      | node/barrier | node/bollard | node/kerb | node/highway | node/sensory | bothw |
      | bollard      | rising       |           |              |              | x     |
      | bollard      | removable    |           |              |              |       |
      | kerb         |              |           |              |              |       |
      | kerb         |              | lowered   |              |              | x     |
      | kerb         |              | flush     |              |              | x     |
      | kerb         |              | raised    |              |              |       |
      | kerb         |              |           | crossing     |              | x     |
      | fence        |              |           |              | audible      | x     |

  Scenario: Under a low bar, and past a locked gate, goes no car
    Then routability should be
      | node/barrier      | node/maxheight | node/locked | bothw |
      | height_restrictor |                |             | x     |
      | height_restrictor | 2.1            |             | x     |
      | height_restrictor | 1.9            |             |       |
      | gate              |                | yes         |       |
      | gate              |                | no          | x     |

  Scenario: A car turns round at a bollard
    Given the node map
      """
      a b c
        d
      """
    And the ways
      | nodes | name |
      | ab    | one  |
      | bc    | two  |
      | bd    | side |
    And the nodes
      | node | barrier |
      | b    | bollard |
    When I route I should get
      | from | to | route   | code    |
      | a    | c  |         | NoRoute |
      | a    | b  | one,one | Ok      |
