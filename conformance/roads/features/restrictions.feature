Feature: Turn restrictions

  Background:
    Given the profile "car"
    And a grid size of 200 meters

  Scenario: A turn that is forbidden is driven around
    Given the node map
      """
        n
      w j e
        s
      """
    And the ways
      | nodes | oneway |
      | sj    | yes    |
      | jn    | yes    |
      | jw    | yes    |
      | je    | yes    |
    And the relations
      | type        | way:from | node:via | way:to | restriction  |
      | restriction | sj       | j        | jw     | no_left_turn |
    When I route I should get
      | from | to | route    | code    |
      | s    | w  |          | NoRoute |
      | s    | e  | sj,je,je | Ok      |

  Scenario: Where only one turn is allowed, no other is
    Given the node map
      """
        n
      w j e
        s
      """
    And the ways
      | nodes | oneway |
      | sj    | yes    |
      | jn    | yes    |
      | jw    | yes    |
      | je    | yes    |
    And the relations
      | type        | way:from | node:via | way:to | restriction     |
      | restriction | sj       | j        | je     | only_right_turn |
    When I route I should get
      | from | to | route    |
      | s    | w  |          |
      | s    | n  |          |
      | s    | e  | sj,je,je |

  Scenario: The only turn allowed leads into a closed road
    Given the node map
      """
        n
      w j e
        s
      """
    And the ways
      | nodes | oneway |
      | sj    | yes    |
      | jn    | yes    |
      | ej    | yes    |
    And the relations
      | type        | way:from | node:via | way:to | restriction     |
      | restriction | sj       | j        | ej     | only_right_turn |
    When I route I should get
      | from | to | route |
      | s    | n  |       |

  Scenario Outline: Kinds of restriction
    Given the node map
      """
        n
      w j e
        s
      """
    And the ways
      | nodes | oneway |
      | sj    | yes    |
      | jn    | yes    |
      | jw    | yes    |
      | je    | yes    |
    And the relations
      | type        | way:from | node:via | way:to | <key>  | except   |
      | restriction | sj       | j        | jw     | <kind> | <except> |
    When I route I should get
      | from | to | code   |
      | s    | w  | <code> |

    Examples:
      | key                       | kind                         | except        | code    |
      | restriction               | no_u_turn                    |               | NoRoute |
      | restriction               | no_left_turn                 | bicycle;psv   | NoRoute |
      | restriction               | no_left_turn                 | psv;motorcar  | Ok      |
      | restriction               | no_left_turn                 | motor_vehicle | Ok      |
      | restriction               | no_left_turn_on_red          |               | Ok      |
      | restriction               | give_way                     |               | Ok      |
      | restriction:motorcar      | no_left_turn                 |               | NoRoute |
      | restriction:motor_vehicle | no_left_turn                 |               | NoRoute |
      | restriction:hgv           | no_left_turn                 |               | Ok      |
      | restriction:conditional   | no_left_turn @ (24/7)        |               | NoRoute |
      | restriction:conditional   | no_left_turn @ (07:00-09:00) |               | Ok      |
      | restriction:conditional   | no_left_turn @ (weight>3.5)  |               | Ok      |

  Scenario Outline: Restrictions that hold at times, on a Tuesday at ten
    Given the extract extra arguments "--parse-conditional-restrictions"
    And the contract extra arguments "--parse-conditionals-from-now=1493719200"
    And the node map
      """
        n
      w j e
        s
      """
    And the ways
      | nodes | oneway |
      | sj    | yes    |
      | jn    | yes    |
      | jw    | yes    |
      | je    | yes    |
    And the relations
      | type        | way:from | node:via | way:to | restriction:conditional  |
      | restriction | sj       | j        | jw     | no_left_turn @ (<times>) |
    When I route I should get
      | from | to | code   |
      | s    | w  | <code> |

    Examples:
      | times                         | code    |
      | Mo-Fr 07:00-11:00             | NoRoute |
      | Mo-Fr 07:00-09:00             | Ok      |
      | Sa,Su 07:00-11:00             | Ok      |
      | Mo-Fr 06:00-08:00,09:30-12:00 | NoRoute |
      | 22:00-12:00                   | NoRoute |
      | Nov-Feb                       | Ok      |

  Scenario: Several ways in, one way out
    Given the node map
      """
      a   b
        j
        c
      """
    And the ways
      | nodes | oneway |
      | aj    | yes    |
      | bj    | yes    |
      | jc    | yes    |
    And the relations
      | type        | way:from | node:via | way:to | restriction |
      | restriction | aj,bj    | j        | jc     | no_entry    |
    When I route I should get
      | from | to | code    |
      | a    | c  | NoRoute |
      | b    | c  | NoRoute |

  Scenario: One way in, several ways out
    Given the node map
      """
        a
        j
      b   c
      """
    And the ways
      | nodes | oneway |
      | aj    | yes    |
      | jb    | yes    |
      | jc    | yes    |
    And the relations
      | type        | way:from | node:via | way:to | restriction |
      | restriction | aj       | j        | jb,jc  | no_exit     |
    When I route I should get
      | from | to | code    |
      | a    | b  | NoRoute |
      | a    | c  | NoRoute |

  Scenario: Over a way between, only from the way it names
    Given the node map
      """
      c   f
      b   e
      a   d
      """
    And the ways
      | nodes | oneway |
      | ab    | yes    |
      | cb    | yes    |
      | be    | yes    |
      | ed    | yes    |
      | ef    | yes    |
    And the relations
      | type        | way:from | way:via | way:to | restriction   |
      | restriction | ab       | be      | ed     | no_right_turn |
    When I route I should get
      | from | to | route       |
      | a    | d  |             |
      | a    | f  | ab,be,ef,ef |
      | c    | d  | cb,be,ed,ed |

  Scenario: Over several ways between
    Given the node map
      """
      a b c d e
          f g
      """
    And the ways
      | nodes | oneway | name |
      | ab    | yes    | main |
      | bc    | yes    | main |
      | cd    | yes    | main |
      | de    | yes    | main |
      | cf    | yes    | left |
      | dg    | yes    | side |
    And the relations
      | type        | way:from | way:via | way:to | restriction   |
      | restriction | ab       | bc,cd   | dg     | no_right_turn |
    When I route I should get
      | from | to | route          |
      | a    | g  |                |
      | b    | g  | main,side,side |
      | a    | e  | main,main      |

  Scenario: A restriction whose way runs on through the junction says nothing
    Given the node map
      """
        n
      w j e
        s
      """
    And the ways
      | nodes | oneway |
      | sj    | yes    |
      | wje   |        |
      | jn    | yes    |
    And the relations
      | type        | way:from | node:via | way:to | restriction   |
      | restriction | sj       | j        | wje    | no_right_turn |
    When I route I should get
      | from | to | route      |
      | s    | e  | sj,wje,wje |
      | s    | w  | sj,wje,wje |

  Scenario: A restriction of what the map does not hold
    Given the node map
      """
      a b c
        d
      """
    And the ways
      | nodes | highway |
      | ab    | primary |
      | bc    | primary |
      | bd    | footway |
    And the relations
      | type        | way:from | node:via | way:to | restriction     |
      | restriction | ab       | b        | bd     | only_right_turn |
    When I route I should get
      | from | to | code |
      | a    | b  | Ok   |

  Scenario Outline: A restriction in the morning, by the clocks of London in summer
    Given the contract extra arguments "--time-zone-file=zones/<zone>.geojson --parse-conditionals-from-now=<now>"
    And the origin -0.1276,51.5072
    And the node map
      """
      a b c
        d
      """
    And the ways
      | nodes |
      | ab    |
      | bc    |
      | bd    |
    And the relations
      | type        | way:from | way:to | node:via | restriction:conditional               |
      | restriction | ab       | bd     | b        | no_right_turn @ (Mo-Fr 10:00-11:00) |
    When I route I should get
      | from | to | route   |
      | a    | d  | <route> |

    Examples: Nine by Greenwich is ten in London; a zone that ends before London says nothing about it
      | zone   | now        | route          |
      | london | 1493802000 | ab,bc,bc,bd,bd |
      | london | 1493805600 | ab,bd,bd       |
      | dc     | 1493802000 | ab,bd,bd       |

  Scenario: Round a block and back to the crossing it began at
    Given the node map
      """
          d   c
      a   b   e
          f
      """
    And the ways
      | nodes | oneway |
      | ab    | yes    |
      | be    | yes    |
      | ec    | yes    |
      | cdb   | yes    |
      | bf    | yes    |
    And the relations
      | type        | way:from | way:to | node:via | restriction      |
      | restriction | ab       | be     | b        | only_straight_on |
      | restriction | cdb      | be     | b        | no_left_turn     |
    And the relations
      | type        | way:from | way:via   | way:to | restriction |
      | restriction | ab       | be,ec,cdb | bf     | no_u_turn   |
    When I route I should get
      | from | to | route             |
      | a    | f  |                   |
      | e    | f  | ec,cdb,bf,bf      |

  Scenario: Ways between that are not driven from end to end, or not in this order, say nothing
    Given the node map
      """
      a b c d e
          f
      """
    And the ways
      | nodes |
      | ab    |
      | bcd   |
      | de    |
      | cf    |
    And the relations
      | type        | way:from | way:via | way:to | restriction   |
      | restriction | ab       | bcd     | cf     | no_right_turn |
      | restriction | de       | ab,bcd  | cf     | no_left_turn  |
    When I route I should get
      | from | to | route          |
      | a    | f  | ab,bcd,cf,cf   |
      | e    | f  | de,bcd,cf,cf   |
