Feature: Roads too small for a car

  Background:
    Given the profile "car"

  Scenario: Height
    Then routability should be
      | maxheight | maxheight:physical | bothw |
      | 1.9       |                    |       |
      | 2         |                    | x     |
      | 6'        |                    |       |
      | 7'6"      |                    | x     |
      | default   |                    | x     |
      | 3         | 1.8                |       |

  Scenario: Width
    Then routability should be
      | maxwidth | width | est_width | bothw |
      | 1.9      |       |           |       |
      | 2        |       |           | x     |
      |          | 1.5   |           |       |
      |          | 1,8 m |           |       |
      |          |       | 1.2       |       |
      | 2.5      | 1.5   |           | x     |

  Scenario: Length and weight
    Then routability should be
      | maxlength | maxweight | bothw |
      | 4         |           |       |
      | 5         |           | x     |
      |           | 1.5       |       |
      |           | 2         | x     |
      |           | 2500 kg   | x     |
      |           | 3000 lbs  |       |
      |           | unsigned  | x     |

  Scenario: In one direction only
    Then routability should be
      | maxheight:forward | maxwidth:backward | forw | backw |
      | 1.5               |                   |      | x     |
      |                   | 1.5               | x    |       |

  Scenario: Works and plans
    Then routability should be
      | highway      | construction | proposed | impassable | bothw |
      | construction |              |          |            |       |
      | proposed     |              |          |            |       |
      | primary      | yes          |          |            |       |
      | primary      | widening     |          |            | x     |
      | primary      |              | yes      |            |       |
      | primary      |              | trunk    |            | x     |
      | primary      |              |          | yes        |       |

  Scenario: Areas are not driven across
    Then routability should be
      | area | bothw |
      | yes  |       |
      | no   | x     |
